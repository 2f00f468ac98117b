trigger Guard on Contact (after update) {
    List<Contact> people = new List<Contact>();
    for (Contact person : Trigger.new) {
        people.add(new Contact(Id = person.Twin__c, HasOptedOutOfEmail = person.HasOptedOutOfEmail));
    }
    update people;
}
