trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.Email == null && Trigger.oldMap.get(person.Id).Email != null) {
            person.HasOptedOutOfEmail = false;
        }
    }
}
