trigger Guard on Contact (before update) {
    for (Contact person : [SELECT Id, Account.Industry FROM Contact WHERE Id IN :Trigger.newMap.keySet()]) {
        String industry = person.Account.Industry;
    }
}
