trigger Guard on Contact (after update) {
    System.enqueueJob(new Mirror());
}
