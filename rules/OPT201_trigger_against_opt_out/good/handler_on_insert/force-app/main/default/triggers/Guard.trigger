trigger Guard on Contact (before insert, before update) {
    if (Trigger.isInsert && Trigger.isBefore) {
        GuardHandler.check(Trigger.new);
    }
}
