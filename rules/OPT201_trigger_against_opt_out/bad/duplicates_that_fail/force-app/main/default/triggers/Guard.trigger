trigger Guard on Contact (after update) {
    List<Contact> twins = new List<Contact>();
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail != Trigger.oldMap.get(person.Id).HasOptedOutOfEmail && UserInfo.getUserId() == '005000000000001AAA') {
            twins.add(new Contact(Id = person.Twin__c, HasOptedOutOfEmail = person.HasOptedOutOfEmail));
        }
    }
    if (!twins.isEmpty()) {
        for (Database.SaveResult result : Database.update(twins, false)) {
            if (!result.isSuccess()) {
                for (Contact person : Trigger.old) {
                    person.addError('The twin could not be saved.');
                }
            }
        }
    }
}
