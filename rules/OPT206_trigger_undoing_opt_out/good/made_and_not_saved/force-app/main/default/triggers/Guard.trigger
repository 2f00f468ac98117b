trigger Guard on Contact (after update) {
    List<Contact> again = new List<Contact>();
    for (Contact person : Trigger.new) {
        again.add(new Contact(Id = person.Id, HasOptedOutOfEmail = false));
    }
}
