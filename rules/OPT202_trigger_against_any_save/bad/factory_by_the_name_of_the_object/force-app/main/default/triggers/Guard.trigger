trigger Guard on Contact (before update) {
    Handlers.make(Contact.SObjectType).run(Trigger.new);
}
