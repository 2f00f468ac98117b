trigger Guard on Contact (before update) {
    Set<Id> leaving = new Set<Id>();
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail) {
            leaving.add(person.Id);
        }
    }
    for (Contact person : Trigger.new) {
        if (leaving.contains(person.Id)) {
            Trigger.newMap.get(person.Id).addError('Ask the owner first.');
        }
    }
}
