trigger Guard on Contact (before update) {
    if (Test.isRunningTest()) {
        Trigger.new[0].addError('Closed for maintenance.');
    }
}
