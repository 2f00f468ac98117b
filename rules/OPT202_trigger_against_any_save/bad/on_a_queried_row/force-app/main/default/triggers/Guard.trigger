trigger Guard on Contact (after update) {
    for (Account firm : [SELECT Id, Industry, (SELECT Id FROM Contacts) FROM Account WHERE Industry = 'Banking']) {
        firm.addError('Banks are closed.');
    }
}
