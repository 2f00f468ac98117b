trigger Guard on Contact (before insert, before delete) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail && !Trigger.oldMap.get(person.Id).HasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
