trigger Guard on Contact (after update) {
    Mirror.send(Trigger.newMap.keySet());
}
