trigger Guard on Contact (after update) {
    if (!System.isBatch()) {
        Mirror.send(Trigger.newMap.keySet());
    }
}
