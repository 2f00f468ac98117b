trigger Guard on Contact (before update) {
    Boolean leaving = false;
    for (Contact person : Trigger.new) {
        if (person.Phone != Trigger.oldMap.get(person.Id).Phone) {
            leaving = true;
        }
    }
    if (leaving) {
        Trigger.new[0].addError('Ask the owner first.');
    }
}
