trigger Guard on Contact (before insert, before update) {
    if (Trigger.isUpdate && Trigger.isBefore) {
        GuardHandler.check(Trigger.new);
    }
}
