trigger Guard on Contact (before update) {
    String profile = [SELECT Name FROM Profile WHERE Id = :UserInfo.getProfileId()].Name;
    for (Contact before : Trigger.old) {
        for (Contact person : Trigger.new) {
            if (before.Id == person.Id && profile != 'System Administrator') {
                before.addError('Administrators alone.');
            }
        }
    }
}
