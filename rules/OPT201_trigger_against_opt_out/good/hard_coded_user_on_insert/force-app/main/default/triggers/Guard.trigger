trigger Guard on Contact (before insert) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail && UserInfo.getUserId() != '005000000000001AAA') {
            person.addError('Ask the owner first.');
        }
    }
}
