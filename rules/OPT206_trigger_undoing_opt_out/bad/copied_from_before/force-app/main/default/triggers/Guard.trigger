trigger Guard on Contact (after update) {
    List<Contact> people = new List<Contact>();
    for (Contact person : Trigger.new) {
        people.add(new Contact(Id = person.Id, HasOptedOutOfEmail = Trigger.oldMap.get(person.Id).HasOptedOutOfEmail));
    }
    update people;
}
