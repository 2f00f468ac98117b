trigger Guard on Contact (after update) {
    for (Account firm : new List<Account>{ new Account(Industry = 'Banking') }) {
        firm.addError('Banks are closed.');
    }
}
