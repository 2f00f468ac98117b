trigger Guard on Contact (before update) {
    switch on Trigger.operationType {
        when BEFORE_INSERT {
            Trigger.new[0].addError('Blocked.');
        }
    }
}
