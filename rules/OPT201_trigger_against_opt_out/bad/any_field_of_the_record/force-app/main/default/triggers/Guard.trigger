trigger Guard on Contact (before update) {
    for (String name : Schema.SObjectType.Contact.fields.getMap().keySet()) {
        for (Contact person : Trigger.new) {
            if (person.get(name) != Trigger.oldMap.get(person.Id).get(name)) {
                person.addError('Nothing may change.');
            }
        }
    }
}
