trigger Guard on Contact (before update) {
    Handlers.make(Lead.SObjectType).run(Trigger.new);
}
