trigger Guard on Contact (before update) {
    Set<String> closed = new Set<String>{'Closed'};
    try {
        update [SELECT Id FROM Case WHERE ContactId IN :Trigger.newMap.keySet()];
    } catch (DmlException problem) {
        System.debug(problem);
    }
    for (Contact person : Trigger.new) {
        if (closed.contains(person.Department)) {
            person.addError('The case could not be saved.');
        }
    }
}
