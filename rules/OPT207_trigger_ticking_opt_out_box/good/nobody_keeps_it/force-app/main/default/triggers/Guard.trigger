trigger Guard on Contact (before update) {
    String profile = [SELECT Name FROM Profile WHERE Id = :UserInfo.getProfileId()].Name;
    if (profile == 'System Administrator') {
        for (Contact person : Trigger.new) {
            for (Contact before : Trigger.old) {
                if (person.Id == before.Id && before.HasOptedOutOfEmail && person.HasOptedOutOfEmail) {
                    person.HasOptedOutOfEmail = true;
                }
            }
        }
    }
}
