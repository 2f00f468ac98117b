trigger Guard on Contact (after update) {
    GuardHandler.check(Trigger.newMap.keySet());
}
