trigger Guard on Contact (before update, after update) {
    if (Trigger.isBefore) {
        for (Contact person : Trigger.new) {
            if (person.Mail_State__c != Trigger.oldMap.get(person.Id).Mail_State__c) {
                person.HasOptedOutOfEmail = false;
            }
        }
    } else if (!Once.saved) {
        Once.saved = true;
        List<Contact> people = new List<Contact>();
        for (Contact person : Trigger.new) {
            if (person.Mail_State__c == null) {
                people.add(new Contact(Id = person.Id, Mail_State__c = 'told'));
            }
        }
        update people;
    }
}
