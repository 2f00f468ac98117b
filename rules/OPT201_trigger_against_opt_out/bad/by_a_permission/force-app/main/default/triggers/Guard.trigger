trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail && !FeatureManagement.checkPermission('May_Opt_Out')) {
            person.addError('Ask the owner first.');
        }
    }
}
