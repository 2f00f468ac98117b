trigger Guard on Contact (before update) {
    Map<Id, List<Contact>> byAccount = new Map<Id, List<Contact>>();
    for (Contact person : Trigger.new) {
        if (!byAccount.containsKey(person.AccountId)) {
            byAccount.put(person.AccountId, new List<Contact>());
        }
        byAccount.get(person.AccountId).add(person);
    }
    for (List<Contact> people : byAccount.values()) {
        for (Contact person : people) {
            if (person.HasOptedOutOfEmail) {
                person.addError('Ask the owner first.');
            }
        }
    }
}
