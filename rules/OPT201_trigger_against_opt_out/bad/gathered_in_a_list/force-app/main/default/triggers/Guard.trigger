trigger Guard on Contact (before update) {
    List<Contact> leaving = new List<Contact>();
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail && !Trigger.oldMap.get(person.Id).HasOptedOutOfEmail) {
            leaving.add(person);
        }
    }
    if (!leaving.isEmpty()) {
        leaving[0].addError('Ask the owner first.');
    }
}
