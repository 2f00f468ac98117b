trigger Guard on Lead (before update) {
    Boolean guest = [SELECT IsActive FROM User WHERE Id = :UserInfo.getUserId()].IsActive;
    for (Lead person : Trigger.new) {
        Lead before = Trigger.oldMap.get(person.Id);
        if (guest && person.Status == 'Closed' && person.Status != before.Status) {
            person.addError('Closed leads stay closed.');
        }
    }
}
