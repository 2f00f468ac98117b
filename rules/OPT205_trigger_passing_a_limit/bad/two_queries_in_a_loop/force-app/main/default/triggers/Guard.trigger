trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        List<Case> cases = [SELECT Id FROM Case WHERE ContactId = :person.Id];
        List<Task> tasks = [SELECT Id FROM Task WHERE WhoId = :person.Id];
    }
}
