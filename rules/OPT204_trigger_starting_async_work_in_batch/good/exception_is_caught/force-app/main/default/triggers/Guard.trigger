trigger Guard on Contact (after update) {
    try {
        Mirror.send(Trigger.newMap.keySet());
    } catch (AsyncException problem) {
        System.debug(problem);
    }
}
