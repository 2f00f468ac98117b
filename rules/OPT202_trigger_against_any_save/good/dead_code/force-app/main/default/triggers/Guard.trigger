trigger Guard on Contact (before update) {
    if (!Test.isRunningTest()) {
        return;
    }
    Trigger.new[0].addError('Closed for maintenance.');
}
