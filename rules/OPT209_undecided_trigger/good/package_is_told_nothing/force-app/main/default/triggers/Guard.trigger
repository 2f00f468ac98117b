trigger Guard on Contact (before update) {
    Boolean known = crm.ContactGuard.isActive();
}
