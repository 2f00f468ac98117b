trigger Guard on Contact (after update) {
    GuardHandler.check(new Set<Id>());
}
