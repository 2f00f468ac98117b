trigger Guard on Contact (after update) {
    Map<Id, Boolean> answers = new Map<Id, Boolean>();
    for (Contact person : Trigger.new) {
        if (UserInfo.getUserId() == '005000000000001AAA' && person.HasOptedOutOfEmail != Trigger.oldMap.get(person.Id).HasOptedOutOfEmail) {
            answers.put(person.AccountId, person.HasOptedOutOfEmail);
        }
    }
    List<Contact> twins = [SELECT Id, AccountId FROM Contact WHERE AccountId IN :answers.keySet() AND Id NOT IN :Trigger.newMap.keySet()];
    for (Contact twin : twins) {
        twin.HasOptedOutOfEmail = answers.get(twin.AccountId);
    }
    for (Database.SaveResult result : Database.update(twins, false)) {
        if (!result.isSuccess()) {
            Trigger.old[0].addError('The twin could not be saved.');
        }
    }
}
