trigger Guard on Contact (after update) {
    if (Limits.getFutureCalls() < Limits.getLimitFutureCalls()) {
        Mirror.send(Trigger.newMap.keySet());
    }
}
