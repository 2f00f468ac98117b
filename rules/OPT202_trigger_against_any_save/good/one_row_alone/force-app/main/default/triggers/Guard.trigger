trigger Guard on Contact (after update) {
    Boolean seen = false;
    for (Account firm : [SELECT Id FROM Account WHERE Industry = 'Banking']) {
        if (seen) {
            Trigger.new[0].addError('Two banks.');
        }
        seen = false;
    }
}
