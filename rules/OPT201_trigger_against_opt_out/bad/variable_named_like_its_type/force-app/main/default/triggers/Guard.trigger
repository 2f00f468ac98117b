trigger Guard on Lead (before update) {
    for (Lead Lead : Trigger.new) {
        if (Lead.HasOptedOutOfEmail && Trigger.oldMap.get(Lead.Id).HasOptedOutOfEmail == false) {
            Lead.addError('Ask the owner first.');
        }
    }
}
