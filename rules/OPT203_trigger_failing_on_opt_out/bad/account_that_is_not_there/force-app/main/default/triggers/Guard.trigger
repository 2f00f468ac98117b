trigger Guard on Contact (before update) {
    for (Contact person : [SELECT Id, Account.Industry FROM Contact WHERE Id IN :Trigger.newMap.keySet()]) {
        Account firm = person.Account;
        String industry = firm.Industry;
    }
}
