trigger Mark on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail && !Trigger.oldMap.get(person.Id).HasOptedOutOfEmail) {
            person.Department = 'opted out';
        }
    }
}
