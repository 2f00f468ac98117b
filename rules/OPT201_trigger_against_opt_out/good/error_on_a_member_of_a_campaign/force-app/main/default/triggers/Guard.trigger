trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail) {
            new CampaignMember(ContactId = person.Id).addError('Ask the owner first.');
        }
    }
}
