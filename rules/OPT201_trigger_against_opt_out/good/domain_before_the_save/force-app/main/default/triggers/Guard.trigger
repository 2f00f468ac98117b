trigger Guard on Contact (after update) {
    Domain.triggerHandler(Contacts.class);
}
