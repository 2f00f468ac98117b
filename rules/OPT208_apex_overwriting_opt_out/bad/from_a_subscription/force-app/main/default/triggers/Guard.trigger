trigger Guard on Subscription__c (after insert, after update) {
    List<Contact> people = new List<Contact>();
    for (Subscription__c one : Trigger.new) {
        people.add(new Contact(Id = one.Contact__c, HasOptedOutOfEmail = false));
    }
    update people;
}
