trigger Guard on Contact (before update) {
    Map<Id, Integer> counts = new Map<Id, Integer>();
    for (Case one : [SELECT AccountId FROM Case WHERE IsClosed = false]) {
        counts.put(one.AccountId, 1);
    }
    for (Contact changed : Trigger.new) {
        if (counts.get(changed.AccountId) > 1) {
            changed.addError('Their account has too many open cases.');
        }
    }
}
