trigger Guard on Contact (before update) {
    Case before;
    for (Case one : [SELECT Priority, Status FROM Case ORDER BY CreatedDate]) {
        if (before != null && before.Priority == 'High' && one.Priority == 'Low') {
            Trigger.new[0].addError('The order of the cases is wrong.');
        }
        before = null;
    }
}
