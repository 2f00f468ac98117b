trigger Guard on Contact (before update) {
    List<Case> cases = [SELECT Id FROM Case WHERE ContactId IN :Trigger.new];
    List<Task> tasks = [SELECT Id FROM Task WHERE WhoId IN :Trigger.new];
    for (Contact person : Trigger.new) {
        System.debug(cases);
    }
}
