trigger Guard on Contact (before update) {
    HandlerFactory.make(Contact.SObjectType).onUpdate(Trigger.new);
}
