trigger Guard on Contact (before update) {
    crm.ContactGuard.handle(Trigger.new);
}
