trigger Guard on Contact (before update) {
    Map<Id, Contact> byId = new Map<Id, Contact>(Trigger.new);
    for (Contact person : Trigger.new) {
        if (byId.get(person.Id).HasOptedOutOfEmail != person.HasOptedOutOfEmail) {
            byId.get(person.Id).addError('Ask the owner first.');
        }
    }
}
