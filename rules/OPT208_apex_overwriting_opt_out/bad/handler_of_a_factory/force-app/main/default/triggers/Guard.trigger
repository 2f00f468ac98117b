trigger Guard on Subscription__c (after insert, after update) {
    HandlerFactory.run(SubscriptionHandler.class);
}
